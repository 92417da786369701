"""Pay as the prose of a job advertisement states it: text → ranges of pay, each with its exact words and their place.

`find` is the way in. A text is made plain (`plain`) and cut into tokens (`tokens`); its sums of money are read
(`amounts`, `currencies`) and joined to ranges (`ranges`, `range_phrases`); those are kept that the words around them
(`context`, `pay_words`) or their places call pay (`pay_evidence`, `layout`), with what is said of them (`statements`).
`agree` holds a board's own fields against them.

Libraries were looked at: price-parser reads one price of a text and no range, quantulum3 wants numpy and knows no pay,
babel parses the numbers of a locale that an advertisement does not name. babel's tables say which currency a country
has.
"""

from plugins.listings.pay.agreement import Agreement, Disagreement, agree
from plugins.listings.pay.finder import find

__all__ = ["Agreement", "Disagreement", "agree", "find"]
