"""From a page as it came to a clean article: repaired, in Simplified Chinese, its blocks told apart.

`read_article` is the one way in.
"""

from kg.text.article import read_article

__all__ = ["read_article"]
