"""Pay as the prose of a job advertisement states it: text → ranges of pay, each with its exact words and their place.

`finder.find` is the way in. A text is made plain (`plain`) and cut into tokens (`tokens`); its sums of money are read
(`amounts`, `currencies`) and joined to ranges (`ranges`, `range_phrases`); those are kept that the words around them
(`context`, `pay_words`) or their places call pay (`pay_evidence`, `layout`), with what is said of them (`statements`).
`agreement.agree` holds a board's own fields against them. Nothing is imported here: a build shows what was found when a
listing came, and needs none of the expressions, which take 40 ms to compile.

Libraries were looked at: price-parser reads one price of a text and no range, quantulum3 wants numpy and knows no pay,
babel parses the numbers of a locale that an advertisement does not name. babel's tables say which currency a country
has.
"""
