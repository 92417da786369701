"""The words that say what a sum of money is: pay, for how long, of what kind, or something else.

Small letters, in the languages of the boards that were looked at. A word that is missing costs a range or a claim and
nothing more, so they are lists, to be added to.
"""

from collections.abc import Mapping
from typing import TypeVar

from plugins.listings.model import Basis, Period

_Meaning = TypeVar("_Meaning", Basis, Period)


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text that spaces part."""
    return frozenset(words.split())


def _by_word(lists: Mapping[_Meaning, str]) -> dict[str, _Meaning]:
    """Return what each word means, of lists of words by their meaning; the last list that has a word counts."""
    meanings: dict[str, _Meaning] = {}
    for meaning, words in lists.items():
        meanings.update(dict.fromkeys(words.split(), meaning))
    return meanings


PAY = word_set(
    # English
    "make makes salary salaries salaried pay pays paying payrate wage wages compensation comp remuneration ctc "
    "ote earnings earn earning earns paid payscale pay-scale tc take-home rate rates payrange basic renumeration "
    "day-rate salary-range base-pay "
    # German, Dutch
    "gehalt lohn vergütung bruttogehalt jahresgehalt monatsgehalt stundenlohn einstiegsgehalt grundgehalt "
    "gehaltsspanne jahresbrutto bruttojahresgehalt jahresbruttogehalt entgelt monatsbrutto bruttomonatsgehalt "
    "monatslohn jahreslohn gehaltsrahmen mindestgehalt entlohnung verdienst zielgehalt jahreszielgehalt fixgehalt "
    "fixum gehaltsband besoldung salaris loon brutoloon maandsalaris uurloon brutosalaris bruto-maandsalaris "
    "jaarsalaris verdien verdienen salarisindicatie salarisschaal "
    # French
    "salaire salaires rémunération rémunérations fixe taux package "
    # Spanish, Portuguese, Italian
    "salario sueldo salarial retribución remuneración retributiva banda salarios sueldos jornal salário "
    "remuneração vencimento ordenado faixa ral retribuzione stipendio salariale retributivo compenso "
    # Nordic, Polish, Czech, others
    "lön månadslön timlön grundlön løn månedsløn timeløn årsløn lønn årslønn månedslønn timelønn palkka "
    "kuukausipalkka wynagrodzenie wynagrodzenia pensja zarobki stawka widełki płaca mzda plat odměna hrubého maaş "
    "ücret fizetés bér salariu зарплата оплата оклад gaji lương"
)
"""Words of pay."""

CJK_PAY = (
    "年収", "月給", "時給", "年俸", "給与", "日給", "給料", "月薪", "年薪", "薪资", "时薪", "薪酬", "工资",
    "연봉", "월급", "시급", "급여", "薪資", "待遇", "基本給", "賃金",
)  # fmt: skip
CJK_NOT_PAY = ("売上", "資本金", "手当", "融資", "赞助", "融资", "补贴", "营收")
CJK_PERIODS: dict[str, Period] = {
    "年収": "year", "年俸": "year", "年薪": "year", "연봉": "year",
    "月給": "month", "月薪": "month", "월급": "month", "月収": "month",
    "時給": "hour", "时薪": "hour", "시급": "hour", "日給": "day", "時薪": "hour",
    "/年": "year", "/月": "month", "/時": "hour",
}  # fmt: skip

RANGE = word_set(
    "range ranges band bands bracket scale hiring offer offering tier tiers spanne rango fourchette forbice "
    "range/salary candidates applicants hires residents"
)
"""Words of a range, or of who is hired, beside which a range is of pay where nothing else is named."""

NOT_PAY = word_set(
    # beside the pay
    "extra bonus bonuses stipend stipends allowance allowances reimbursement reimbursements reimburse reimbursed "
    "reimburses sign-on signing sign-up retention referral referrals relocation 401k 401 403b 403 457 ira hsa fsa "
    "match matching matched contribution contributions contribute contributes commission commissions gratuity "
    "spiff spiffs incentive incentives perk perks voucher vouchers scholarship scholarships severance per-diem "
    "diem grant grants award awards prize prizes gift gifts rsu rsus equity stock options shares deductible "
    "premium premiums coverage insurance insured copay "
    # a company's figures
    "funding raised raise raising raises series seed valuation valued revenue revenues arr mrr turnover sales "
    "budget budgets budgetary portfolio portfolios aum assets worth investment investments invested investors "
    "investing check bill bills campaign campaigns lease leases capital fund funds funded backed capitalization "
    "capitalisation market-cap ebitda profit profits "
    "profitability gmv p&l backlog spend spending spent expenditure expenditures deal deals transaction "
    "transactions quota quotas contract contracts contracted pipeline acquisition acquisitions acquired ipo "
    "procurement billings bookings cost costs costing saving savings save saved saves loss losses endowment "
    "project projects program programs programme programmes ticket tickets book accounts account acv tcv mortgage "
    # others' money
    "customer customers client clients user users subscriber subscribers subscription subscriptions members "
    "membership fee fees price prices priced pricing deposit deposits donation donations donate donated donors "
    "loan loans debt debts lending fine fines fined penalty penalties tax taxes taxable rent rents household "
    "households income low-income families family cash-back cashback discount discounts purchase purchases order "
    "orders credit credits invoice invoices payments damages claims claim liability settlement surety bond bonds "
    "merchandise sold sell home homes property properties value values tuition fundraise fundraising fundraised "
    "gala threshold thresholds limit limits authority charge charges charged surcharge lawsuit laundering lost theft "
    "cap "
    # other languages
    "packaging packaged vendor vendors tenant tenants seller sellers kunden kunde klanten mandanten "
    "variable differential differentials payout payouts supplement supplements tip tips bail disability death "
    "policy payroll projekte projekt projets proyectos progetti projecten "
    "sponsorship sponsorships checks spot overtime gutschein gutscheine jobticket auslöse boni prämie prämien "
    "budgetverantwortung umsatz umsatzes zuschuss fahrtkostenzuschuss "
    "startprämie wechselprämie empfehlungsprämie prime primes chiffre d'affaires levée levé levés intéressement "
    "participation titres-restaurant presupuesto facturación financiación inversión ventas bono bonificación "
    "presupuestos orçamento bônus faturamento fatturato premio omzet investering toeslag vergoeding "
    "reiskostenvergoeding bonusar omsättning budżet premia przychody obrót dofinansowanie "
    "investering"
)
"""Words of a sum that is not pay, when they are the nearest."""

BENEFIT = word_set(
    "benefit benefits learning education educational training development conference conferences course courses "
    "wellness wellbeing well-being fitness gym office equipment internet phone cell travel commuter commuting "
    "transit parking mileage meals meal lunch lunches food childcare fertility adoption adoptions ivf health "
    "healthcare medical dental vision pension retirement home-office setup laptop coworking lifestyle books "
    "software perks relocate uniforms uniform boots boot tool tools certification certifications childbirth "
    "parental vacation holiday holidays travelling towards toward dependents weighting petty drawer register "
    "handle handling life weiterbildung fortbildung formation formación deutschlandticket jobrad sachbezug "
    "mutuelle transport "
    "recover recovers recovered recovering collect collects collected collecting collections manage manages managed "
    "managing oversee oversees overseeing negotiate negotiates negotiating underwrite underwrites underwriting approve "
    "inventory responsible approves approving process processes processing supervise supervises supervising"
)
"""Words of what a sum is spent on, or of what is done with it, where no word of pay stands before it."""

EXCLUDING = word_set(
    "excluding exclusive excl excludes exclude not without before plus additional beyond other include including "
    "includes inclusive incl with zzgl exkl hors + & and or eligible along addition besides ohne"
)
"""Words before one of those that say it is named beside the pay."""

LINK = word_set(
    ": - = ( ) | / * ~ of is are from between range ranges up to at the a an about approximately around minimum "
    "min max maximum starting start per hour year annum annually annual yearly hourly month monthly base gross "
    "net target expected estimated in usd eur gbp cad aud inr this role position for and will be zwischen von bis "
    "ab ca circa de entre à del du brut brutto bruto bruta anual mensual annuel mensuel van tussen od do mellan "
    "från fra mellem lordi lorda annua w wysokości pro jahr monat stunde day daily week weekly rate offered lpa . "
    "• · est approx budgeted rs typically zu or"
)
"""Words that may stand between a word of pay and a number without a currency."""

FORTNIGHT = word_set("biweekly bi-weekly fortnight fortnightly semi-monthly semimonthly bimonthly")
"""Periods that are none of ours; what is paid for them is pay of any size."""
GROSS = word_set("gross net brutto netto bruto neto brut bruts brute lordi lordo netti bruttó hrubého")
"""What is said of pay and of no other sum: before taxes, or after."""
SHARE_OF = word_set("of your the base annual gross monthly weekly current")
"""Words between a share or a multiple and the pay it is of: 60% of your pay, 2x annual salary."""
PENSIONS = ("401", "403", "457")
"""Numbers of American pension plans: 401(k), 403b."""
PAY_ENDINGS = ("gehalt", "vergütung", "salaris", "gehälter")
"""What compound words of pay end with, in German and Dutch."""
PAY_BEGINNINGS = ("gehalts", "lohn", "entgelt", "salär", "vergütungs")
PAY_RANGES = ("band", "spanne", "rahmen", "korridor", "bereich", "bandbreite")
"""What German compounds of a range of pay begin and end with: Lohnband, Gehaltskorridor."""
LABEL = word_set(
    "in for and of the hires based remote all other locations residents us u.s & , nationwide elsewhere "
    "junior mid mid-level senior staff principal entry entry-level lead associate intern level tier zone grade step"
)
"""Words of a label that names a place or a level: In New York, For Colorado residents, Senior."""
SCALE_OF = word_set("pay salary wage union point points step grade spine")
"""Words a little before scale that make it one of pay."""
OF_THE_BASE = word_set("base")
"""Words of pay only where they stand beside a sum."""
NOT_PAY_ENDINGS = (
    "budget", "umsatz", "volumen", "prämie", "zuschuss", "bonus", "zulage", "beitrag", "zuschlag", "kapital",
    "versicherung",
    "vergoeding", "toeslag", "bidrag", "preis",
)  # fmt: skip
"""What compound words that are not pay end with, in German and Dutch."""
ABBREVIATIONS = word_set(
    "approx ca c circa min max no vs incl excl inkl exkl zzgl rs fr sfr tsd mio mtl std st e.g i.e est approx. "
    "u.s brutto/mtl tys mies dr mr ms inc ltd kr mrd ggf bzw z.b d.h ref nr"
)
"""Words that a stop follows within a sentence."""
TITLES = word_set(
    "manager managers director directors executive executives specialist specialists officer officers analyst "
    "analysts coordinator coordinators engineer engineers associate associates lead leads assistant assistants "
    "representative representatives rep reps writer writers accountant accountants agent agents support services "
    "service success operations development consultant consultants advisor advisors adviser administrator "
    "administrators supervisor clerk planner editor producer producers designer buyer buyers trader traders "
    "attorney counsel partner head controller auditor adjuster underwriter processor originator technician "
    "scientist researcher intern team department enablement care experience marketing"
)
"""Words of a job's title, or a department's, before which a word of something else is a part of the title."""
CONTRACT_SUM = word_set("value values worth size sum price of volume amount awards negotiation negotiations")
"""What stands after contract where a deal is meant, and not the kind of job."""
PIECES = word_set(
    "word words mile miles km kilometre kilometer page image article song track minute visit lead unit piece "
    "delivery drop sale sqft foot seat user student head person night ticket click impression transaction copy "
    "share gallon ton tonne kg pound acre kwh mwh barrel"
)
"""What a sum is paid for that is not time."""
OTHER_PAY = word_set(
    "orientation holiday vacation sick detention layover breakdown hazard overtime differential severance standby "
    "on-call call-back callback training bereavement maternity incentive premium variable bonus referral stop "
    "merit retro jury parental starvation profit-sharing"
)
"""What stands before pay that comes beside the job's: orientation pay of $500."""
NO_PAY_AFTER = word_set(
    "sacrifice packaging exchange deduction deductions advance advances cap continuation files file"
)
"""What stands after a word of pay that is none: a salary sacrifice for a bike."""
PAID_HOW = word_set(
    "at from between up an a on hourly weekly daily monthly yearly annually to by approximately around about "
    "competitively : ( is in position role job internship"
)
"""What stands after paid where a job is: paid at $20, but no paid media, paid leave, paid below the minimum."""
WHO_PAYS = word_set(
    "them "
    "customer customers client clients user users families family households household members who tenants residents "
    "patients students creators sellers merchants hosts artists partners vendors consumers subscribers borrowers "
    "buyers"
)
"""Whose paying and earning is not the job's."""
PAID_BY_US = word_set("your half down off us me them him her")
"""What stands after pay where something else is paid for, or by others: we pay your licence; insurance pays us."""
RATES_OF = word_set(
    "pay hourly day daily weekly wage wages starting base union scale competitive salary our these following"
)
"""What stands before rates of pay, and not of rents or dues."""
STAFF = word_set("employees workers individuals staff anyone those people applicants earners")
"""Whose earning more than a sum is a law's threshold, and no pay of the job: employees earning more than …"""
NOT_RATES = word_set(
    "interest tax exchange growth conversion churn mortgage discount bounce response success ad click-through inflation"
)
"""What has a rate that is not pay."""
VERBS = word_set(
    "make makes pay pays paying paid earn earning earns earnings earned rate rates comp wages income package fixe "
    "taux basic tc"
)
"""Words of pay that are others' too."""
BESIDE = word_set(
    "bonus bonuses stipend stipends allowance allowances reimbursement reimbursements sign-on signing sign-up "
    "retention referral referrals relocation match matching contribution contributions commission commissions rsu "
    "rsus grant grants equity incentive incentives voucher vouchers scholarship severance gift reimbursed premie "
    "prämie prime primes toeslag vergoeding bono bonificación bônus premia boni award startprämie wechselprämie "
    "empfehlungsprämie zuschuss per-diem differential differentials overtime variable weighting funding "
    "budget revenue"
)
"""Of the words that are not pay, those that turn a sum before them into no pay whatever stands before it."""
HOLDS = word_set("of up worth upto ( totaling totalling")
"""Words after one that is not pay that bind the sum to it."""
TOTALS = word_set("compensation comp cash earnings target pay remuneration rewards reward package annual direct salary")
"""What is total, where it is said to be."""
AFTER_STOPS = word_set(
    "+ plus with and & along • | depending based doe dependent commensurate , excluding exclusive not excl "
    "including includes inclusive zzgl und et y incl ; · - in-addition"
)
"""Words that end what is said of the sum before them."""

DEPENDING = word_set("depending dependent based commensurate according dep subject")
"""Words after a sum that is pay, where the next ones are of EXPERIENCE."""
EXPERIENCE = word_set("experience experiences skills skill qualifications qualification seniority exp background")
"""What pay depends on, and hardly any other sum: $40 an hour depending on experience."""
COUNTED = word_set("shifts times after within over once twice for during until in")
"""Words before a period that make no pay of it: after a year, twice a month."""

_PERIODS: dict[Period, str] = {
    "hour": (
        "hourly tunnissa tunti hour hours hr hrs h ph p.h stunde std stundenlohn stündlich heure horaire hora "
        "ora uur "
        "uurloon timme timmen timen timlön time timeløn timelønn godz godzinę godzina hodinu hod hodinová "
        "hora/hora órabér jam giờ "
        "timmen"
    ),
    "day": (
        "daily day days diem tag tagessatz jour journalier día dia giorno dag dagtarief dzień dziennie pd tjm day-rate"
    ),
    "week": (
        "veckan ugen weekly week weeks wk pw p.w woche wöchentlich semaine semana settimana semanal vecka uke "
        "uge tydzień"
    ),
    "month": (
        "mån mnd md måneden månaden monthly month months mo mth pm p.m pcm mtl monat monatlich monatsgehalt monatslohn "
        "bruttomonatsgehalt "
        "monatsbrutto mois mensuel mensuels mensuelle mes mensual mensuales mensile mensili mese mês mensal maand "
        "maandsalaris bruto-maandsalaris månad månadslön månedsløn månedslønn måned kuukausi kuukaudessa kk "
        "kuukausipalkka miesiąc miesięcznie mies miesięczne měsíc měsíčně měs hó havi ay aylık bulan tháng "
        "monatliche monatliches maandelijks"
    ),
    "year": (
        "året annual annually annum yearly year years yr yrs pa p.a anno annualized annualised jahr jährlich "
        "jahresgehalt jahreslohn jahresbrutto jahresbruttogehalt bruttojahresgehalt jahreszielgehalt an annuel "
        "annuels annuelle annuelles année año ano anual anuales annuo annua annui annue jaar jaarlijks "
        "jaarsalaris jaarbasis år årligen årsløn årslønn rok rocznie roczne ročně ral ctc pa. p/a éves yıllık "
        "tahun năm jährliches jährliche vuosi vuodessa annuellement"
    ),
}
PERIODS = _by_word(_PERIODS)
"""A word → the period it names."""

UNCONDITIONAL = word_set(
    "kuukaudessa vuodessa tunnissa mtl pd "
    "hourly daily weekly monthly annual annually annum yearly annualized annualised pa p.a pm p.m pcm ph "
    "p.h pw p.w stundenlohn stündlich horaire uurloon timlön timeløn timelønn tagessatz tjm day-rate journalier "
    "wöchentlich semanal monatlich monatsgehalt monatslohn bruttomonatsgehalt monatsbrutto mensuel mensuels "
    "mensuelle mensual mensuales mensile mensili mensal maandsalaris bruto-maandsalaris månadslön månedsløn "
    "månedslønn kuukausipalkka miesięcznie miesięczne měsíčně havi aylık maandelijks jährlich jahresgehalt "
    "jahreslohn jahresbrutto jahresbruttogehalt bruttojahresgehalt jahreszielgehalt annuel annuels annuelle "
    "annuelles anual anuales annuo annua annui annue jaarlijks jaarsalaris årligen årsløn årslønn rocznie roczne "
    "ročně ral éves yıllık ctc jährliches jährliche monatliche monatliches annuellement dziennie"
)
"""Words that name a period by themselves; the others do after per, a, / and their like."""

TAXES = word_set("vat moms iva mwst gst tva btw dph")
"""Taxes that a period may stand after, as in 18 000 PLN + VAT / month."""
PERIOD_FIELDS = word_set("period basis type unit interval term rate-type")
"""Words after pay, salary or rate that head a field with its period."""
BEFORE_PERIOD = word_set(". calendar working full fiscal academic school contract work single")
"""Words between per and a period."""
PER = word_set(
    "/ ' per a an each every the pro par por al alla all' all'ora la le je na za im i om p um a/c les any /h e ao "
    "à der in kohti per- pr"
)
"""Words that make an hour a period."""

_BASES: dict[Basis, str] = {
    "base": "base basic grundgehalt grundlön fixgehalt fixum fixe fixed base-pay 基本給",
    "ote": "ote on-target o.t.e zielgehalt jahreszielgehalt target-earnings",
    "total": "total tc ctc overall gesamtvergütung package all-in totale cost-to-company",
}
BASES = _by_word(_BASES)
"""A word → the basis it states."""
