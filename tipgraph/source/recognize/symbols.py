"""Document symbols: the code systems a text can be cited by, and how each is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tipgraph.source.values import Symbol


def _balanced(printed: str) -> str:
    extra = printed.endswith(")") and printed.count(")") > printed.count("(")
    return printed[:-1] if extra else printed


def _joined(match: re.Match[str]) -> str:
    return "".join(match.groups(""))


RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("UNDocumentSymbol", re.compile(r"\b(A)/?(RES/\d+/\d+)\b"), lambda m: f"{m[1]}/{m[2]}"),
    (
        "UNDocumentSymbol",
        re.compile(r"\b(S)/?(RES/\d+(?: \(\d{4}\))?)"),
        lambda m: f"{m[1]}/{m[2]}",
    ),
    (
        "OASDocument",
        re.compile(r"\bAG/RES\. ?(\d+) (?:\(([IVXLC]+-[OE]/\d\d)\)|([IVXLC]+-[OE]/\d\d))"),
        lambda m: f"AG/RES. {m[1]} ({m[2] or m[3]})",
    ),
    (
        "OASDocument",
        re.compile(r"\b([A-Z]{2,}(?:-[IVXLC]+)?/doc\.\d+/\d\d(?: rev\. ?\d+)?)"),
        _joined,
    ),
    ("ILOCode", re.compile(r"\b([CPR])(\d{2,3})\b"), lambda m: f"{m[1]}{int(m[2]):03}"),
    ("OSCEDecision", re.compile(r"\b((?:PC|MC)\.DEC/\d+(?:/\d+)?)"), _joined),
    ("ECOWASRegulation", re.compile(r"\b(C/REG\.\d+/\d+/\d+)"), _joined),
    ("EUActNumber", re.compile(r"\b(\d{4}/\d+/(?:EU|EC|EEC|JHA))\b"), _joined),
    ("CELEX", re.compile(r"\bCELEX:(\d{5}[A-Z]\d{4})\b"), _joined),
    (
        "COMNumber",
        re.compile(r"(?<![A-Za-z])COM[-(](\d{4})[-)] ?(\d+)\b", re.I),
        lambda m: f"COM({m[1]}) {m[2]}",
    ),
    ("CETSNumber", re.compile(r"\bCETS (?:No\.? ?)?(\d{1,3})\b"), lambda m: f"CETS {int(m[1]):03}"),
    ("LASDecision", re.compile(r"\b(\d+ - D\d+ - \d\d?/\d\d?/\d{4})\b"), _joined),
    ("DecisionNumber", re.compile(r"\bDecision No\. ?(\d+)"), lambda m: f"Decision No. {m[1]}"),
)
SCHEMES = frozenset({scheme for scheme, _, _ in RULES} | {"DocumentSymbol", "SDGCode"})


def symbol_of(text: str) -> Symbol:
    """Return the symbol that a decision writes: with its code system first, or bare.

    >>> symbol_of("OSCEDecision PC.DEC/557"), symbol_of("A/RES/64/293").scheme
    (Symbol(scheme='OSCEDecision', text='PC.DEC/557', printed=''), 'UNDocumentSymbol')
    """
    scheme, _, symbol = text.partition(" ")
    if scheme in SCHEMES:
        return Symbol(scheme, symbol)
    return next(find_symbols(text), Symbol("DocumentSymbol", text))


def find_symbols(text: str) -> Iterator[Symbol]:
    """Yield the symbols in a text, each once, in the order of the rules.

    >>> [str(symbol) for symbol in find_symbols("C29 Convention (ARES/64/293)")]
    ['UNDocumentSymbol A/RES/64/293', 'ILOCode C029']
    """
    seen: set[Symbol] = set()
    for scheme, pattern, form in RULES:
        for match in pattern.finditer(text):
            symbol = Symbol(scheme, form(match), _balanced(match[0]))
            if symbol not in seen:
                seen.add(symbol)
                yield symbol
