"""Pay as the prose of a job advertisement states it: text → ranges of pay, each with its exact words and their place.

`find` is the way in. A text is made plain (`plain`), cut into tokens (`tokens`), its sums of money are read (`amounts`,
`currencies`), joined to ranges (`ranges`), and those kept that the words around them call pay (`evidence`, `words`).
Libraries were looked at: price-parser reads one price of a text and no range, quantulum3 wants numpy and knows no pay,
babel parses numbers of a locale that an advertisement does not name. babel's tables say which currency a country has.
"""

from plugins.listings.pay.finder import find

__all__ = ["find"]
