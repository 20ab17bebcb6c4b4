"""From a page as it came to a clean article: repaired, in Simplified Chinese, its blocks told apart.

`read_article` is the one way in; `read_teasers` gives the articles of which the same page shows excerpts.
"""

from kg.text.article import read_article
from kg.text.teasers import read_teasers

__all__ = ["read_article", "read_teasers"]
