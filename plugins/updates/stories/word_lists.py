"""Words that clustering treats specially: to pass over, to read as one, to tell steps apart.

Data only, for `stemming` alone. General words of news, of disputes and of courts; never a name, and nothing
learnt from one strike. Words stand folded (lower case, no accents), separated by spaces.
"""

from itertools import product


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH = """
a an the and or but nor so yet if then than that this these those there here it its he she they them theirs
their his hers her him we us our ours you your yours i me my mine who whom whose which what when where why how
is are was were be been being am do does did done doing have has had having will would shall should can could
may might must of in on at by for with without to from into onto upon over under about above below between among
through during before after until till since against within along across behind beyond up down off out again
further once not no only own same too very just also still even ever never already almost more most less least
much many few several some any all both each every other another such as like while amid because though although
however first second third one two last next three four five six seven eight nine ten make makes made making
take takes took taken taking get gets got gotten go goes going went gone come comes came coming put puts set
sets give gives gave given let lets amp"""
_NEWSROOM = """
say says said saying tell tells told according report reported reports include includes including people person
mr mrs ms dr sen rep year years day days week weeks month months time times today yesterday tomorrow tonight now
ago late later early earlier new news latest update updates updated live breaking watch video photo photos
gallery podcast exclusive opinion editorial column analysis explainer explained factbox recap roundup briefing
know need read continue reading january february march april june july august september october november
december jan feb apr jun jul aug sep sept oct nov dec"""
_SPANISH_PORTUGUESE_ITALIAN = """
el la los las lo un una unos unas de del al y e o u que en con por para sin sobre entre como mas su sus se le
les es son fue ser ha han este esta estos estas tras ante dice dijo segun hoy ayer ano anos os um uma do dos da
das no na nos nas ao aos com sem foi sao il gli di dei della delle dello nel nella per tra non sono che chi"""
_FRENCH = """
les des du aux au et ou qui dans sur pour par avec sans ce cette ces est sont ete elle ils elles ne pas plus sa
son ses leur leurs apres avant selon annee ans"""
_GERMAN_DUTCH = """
der die das den dem des ein eine einer eines einem einen und oder aber auch nicht mit von vom zu zum zur auf aus
bei nach vor fur uber unter ist sind war wird werden wurde wurden hat haben sich als wie im ab gegen noch sagt
het een van voor met op te niet zijn naar bij"""

# Words that carry no event.
PASSED_OVER = frozenset(_words(" ".join((_ENGLISH, _NEWSROOM, _SPANISH_PORTUGUESE_ITALIAN, _FRENCH, _GERMAN_DUTCH))))

IRREGULAR = dict(
    pair.split(":")
    for pair in _words("""struck:strike striking:strike strikes:strike striker:strike strikers:strike
    strikebound:strike won:win paid:pay met:meet meeting:meet meetings:meet sought:seek fell:fall fallen:fall
    rose:rise risen:rise fought:fight left:leave lost:lose began:begin begun:begin held:hold threw:throw
    thrown:throw children:child women:woman men:man wives:wife sent:send broke:break broken:break froze:freeze
    frozen:freeze ran:run running:run sold:sell bought:buy found:find killed:kill dead:die died:die dies:die
    death:die deaths:die dying:die stole:steal stolen:steal spoke:speak spoken:speak sued:sue sues:sue suing:sue
    suit:sue lawsuit:sue lawsuits:sue labour:labor favour:favor centre:center""")
)

# Words that end like an inflection and are none.
UNINFLECTED = frozenset(
    _words(
        """strike vote appeal thing union million billion nation station order offer paper water river member number
        summer winter rider power"""
    )
)

# One line, one meaning: every word is read as the line's first.
_SAME_MEANING = """strike walkout walkouts stoppage stoppages
reject rejection spurn decline refuse refusal
approve approval ratify ratification accept acceptance endorse authorize authorise authorization okay ok oks
deal agreement accord pact settlement settle settles agree
talk talks negotiation negotiations negotiate negotiator negotiators bargaining bargain
offer proposal propose bid package
pay wage wages salary salaries
chief boss ceo head
court judge judges panel
suspend suspension pause freeze halt
overturn quash void reverse annul
injure injured injuries injury hurt wound wounded
crash collision collide collided
arrest arrested arrests detain detained custody
resume restart reopen
mediate mediator mediation broker
appoint appointed appointment names named pick picks chosen choose
resign resignation quit quits
close shut closure
die killed
win victory
worker workers employee employees staff
union guild
police officers officer cops
fire blaze
quake earthquake tremor
increase raise rise hike jump soar
cut cuts lower reduce slash
buy purchase acquire acquisition takeover
movie film
cancel scrap axe cancelled canceled
start begin launch
end finish
ask urge press seek
governor gov
vote ballot poll
probe inquiry investigate investigation review
senator senators lawmaker lawmakers senate
layoff layoffs redundancies
return back
share stock shares
recall pull
rally march protest
steal theft thieves heist
convict guilty conviction
collapse fail failure stall falter crumble breakdown
postpone postponement delay defer reschedule
reach clinch secure seal
end resolve conclude
apologize apologise apology sorry
donate donation
hire recruit
accuse blast slam criticize criticise criticism condemn denounce
writer screenwriter scribe
expire lapse
show talkshow talkshows shows
list listing post posting advertise
extend extension"""
SAME_MEANING = tuple(map(str.split, _SAME_MEANING.splitlines()))

# What happened, as against to whom: two headlines that name different ones of these tell of different steps.
STEPS = _words(
    """reject approve offer suspend overturn appeal resume collapse start end deal resign arrest appoint cancel
    order grant seek win crash injure die layoff return talk withdraw lose dismiss close buy sell sue rally
    notice defend recall fine ban rescue convict ruling cut increase probe"""
)

# English, Spanish, French and German, folded.
WEEKDAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves viernes sabado domingo "
    "lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag"
)


def _spread(verbs: str, rest: str, meaning: str) -> dict[str, str]:
    """Return phrase → meaning, for each verb followed by each rest; rests stand between slashes."""
    phrases = map(" ".join, product(verbs.split(), rest.split("/")))
    return dict.fromkeys(phrases, meaning)


# Words that mean another thing together. Only the first word's forms vary.
PHRASES = (
    _spread("walk walks walked walking", "out/off", "strike")
    | _spread("on in", "strike", "strike start")
    | _spread("strike strikes struck striking", "a deal/deal/an agreement/agreement", "reach deal")
    | _spread("is are", "over", "end")
    | _spread("push pushed pushes", "back", "postpone")
    | _spread("down downs downed", "tools", "strike")
    | _spread("turn turns turned turning", "down", "reject")
    | _spread("vote votes voted voting voters", "down/no/against", "vote reject")
    | _spread("vote votes voted voting", "yes/for", "vote approve")
    | _spread("say says said", "no", "reject")
    | _spread("say says said", "yes", "approve")
    | _spread("no", "vote", "vote reject")
    | _spread("call calls called calling", "off", "cancel")
    | _spread("step steps stepped stepping", "down", "resign")
    | _spread("throw throws threw thrown throwing strike strikes struck striking", "out/down", "overturn")
    | _spread("lay lays laid laying", "off", "layoff")
    | _spread("job", "cuts/losses", "layoff")
    | _spread("put puts", "on hold/on ice", "suspend")
    | _spread("on", "hold", "suspend")
    | _spread("break breaks broke broken breaking", "down/off", "collapse")
    | _spread("chief", "executive/executive officer", "chief")
    | _spread("under", "way", "start")
    | _spread("court courts", "of appeal/of appeals", "appellate")
    | _spread("appeal appeals appellate", "court/courts/panel/judge/judges", "appellate")
)

_TO_NINETEEN = _words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen"""
)
SMALL_NUMBERS = dict(zip(_TO_NINETEEN, range(20), strict=True))
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
TENS = dict(zip(_TENS, range(20, 100, 10), strict=True))
PERCENT = frozenset({"percent", "pct", "prozent"})
