"""The terms of a regional variant, as its base text asks for them. Pure.

The glossary says how an English term is said in French, and perhaps how in Swiss French. What a
Swiss text is made from is French: where that says it the French way, the Swiss way is asked for.
"""

from collections.abc import Mapping
from dataclasses import replace

from content.translation.exchange.term import Term


def inherited(own: Mapping[str, Term], base: Mapping[str, Term]) -> list[Term]:
    """Terms with words of the base text for their source.

    Both are by source term: what holds in the variant, and what holds in its base locale. A term
    that the base locale does not have is asked for by its own source.
    """
    found: dict[str, Term] = {}
    for source, term in own.items():
        for words in base[source].preferred if source in base else (source,):
            asked = replace(term, source=words)
            found[words] = _either(found[words], asked) if words in found else asked
    return list(found.values())


def _either(one: Term, other: Term) -> Term:
    """Two source terms are said alike in the base text: each way to say them will do."""
    preferred = tuple(dict.fromkeys((*one.preferred, *other.preferred)))
    forbidden = tuple(words for words in one.forbidden if words in other.forbidden)
    return replace(one, preferred=preferred, forbidden=forbidden)
