"""Search by what people type: words, names, acronyms, symbols, and questions in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from pyoxigraph import NamedNode

from tipgraph.ask.by_words import EXACT, WHOLE_WORDS, ByWords
from tipgraph.ask.hit import Found, Hit
from tipgraph.ask.mentions import Mention, Mentions
from tipgraph.ask.near import near_names
from tipgraph.ask.not_held import NotHeldNames, sentence_of
from tipgraph.ask.offers import Offers
from tipgraph.ask.questions import Questions
from tipgraph.ask.sentence import Sentence, acronyms_in, read_sentence
from tipgraph.ask.words import words_of
from tipgraph.errors import UsageError, quoted
from tipgraph.rdf.iris import path_of, thing
from tipgraph.source.facts import NotHeld

MOST_LETTERS, MOST_WORDS = 300, 30
"""How much of a text is read."""
SHORTEST_NEAR = 4
NEAREST = "nearest, and not the same"


class Search:
    """Searches the things and the stored questions of a graph; what it has read, it keeps."""

    def __init__(self, questions: Questions) -> None:
        self.names = questions.names
        self.by_words = ByWords(questions.graph.engine)
        self.not_held = NotHeldNames(questions.folder)
        self.offers = Offers(questions.queries, questions.names, self.by_words)

    @cached_property
    def mentions(self) -> Mentions:
        """What finds names in sentences."""
        more = self.offers.concept_words | self.not_held.words
        return Mentions(self.by_words, self.offers.words, more)

    def found(self, text: str) -> Found:
        """Return what a text leads to, the best first, and what is to be said of it.

        The things that have it as their name come first, then those with all its words in their
        names; then the stored questions that it asks, filled in with what it names; then what it
        names. Where nothing is found, its words are read as slips of known ones.
        """
        read = " ".join(text[:MOST_LETTERS].split()[:MOST_WORDS])
        said = [] if read == " ".join(text.split()) else [f"only this much is read: {quoted(read)}"]
        lacking, words = self.not_held.within(words_of(read))
        hits = self.by_words.hits(" ".join(words)) if lacking else self.by_words.hits(read)
        sentence = read_sentence(words, acronyms_in(read), self.mentions)
        if not hits:
            sentence, slips = self._spelled(sentence, read)
            said += slips
            hits = self.by_words.hits(" ".join(sentence.words)) if slips else []
        named = [] if hits else list(self._named(read))
        hits = named or self._arranged(hits, sentence)
        said += [*map(sentence_of, lacking), *self._several(sentence.mentions)]
        hits = _each_once([*hits, *self._nearest(lacking)])
        return Found(hits, said, () if hits else self._near(read))

    def _spelled(self, sentence: Sentence, text: str) -> tuple[Sentence, list[str]]:
        """Return a sentence with its slips read as what they are meant for, and which these are."""
        words = [self.mentions.spelled(word) for word in sentence.words]
        slips = [pair for pair in zip(sentence.words, words, strict=True) if pair[0] != pair[1]]
        if not slips:
            return sentence, []
        said = [f"'{slip}' is read as '{word}'" for slip, word in slips]
        return read_sentence(words, acronyms_in(text), self.mentions), said

    def _arranged(self, hits: list[Hit], sentence: Sentence) -> list[Hit]:
        if hits and hits[0].score >= EXACT:
            return hits
        sure = [hit for hit in hits if hit.score >= WHOLE_WORDS]
        named = [
            self.by_words.things[node] for mention in sentence.mentions for node in mention.things
        ]
        is_name = len(sentence.mentions) == 1 and not sentence.rest
        asked = [*named, *sure] if is_name else [*sure, *self.offers.to(sentence), *named]
        return [*asked, *hits]

    def _named(self, text: str) -> Iterator[Hit]:
        """Yield the thing that a text names by what it is elsewhere."""
        with suppress(UsageError):
            node = self.names.find(text)
            if node in self.by_words.things:
                yield self.by_words.things[node]

    def _nearest(self, lacking: Iterable[NotHeld]) -> Iterator[Hit]:
        for one in lacking:
            for path in one.nearest:
                if hit := self.by_words.things.get(thing(path)):
                    yield replace(hit, note=NEAREST)

    def _several(self, mentions: Iterable[Mention]) -> Iterator[str]:
        """Yield what to say of a name that several things have."""
        for mention in mentions:
            if len(mention.things) > 1:
                yield f"'{mention.text}' can mean {' or '.join(map(self._called, mention.things))}"

    def _called(self, node: NamedNode) -> str:
        return f"{path_of(node.value)} ({self.by_words.things[node].label})"

    def _near(self, text: str) -> tuple[str, ...]:
        """Return names to search instead, each of which is the name of something."""
        names = {
            name.folded: name.printed
            for name in self.by_words.names
            if len(name.printed) >= SHORTEST_NEAR
        }
        return near_names(text, names)


def _each_once(hits: Iterable[Hit]) -> list[Hit]:
    found: dict[tuple[str, tuple[object, ...]], Hit] = {}
    for hit in hits:
        found.setdefault((hit.iri, tuple(hit.arguments.items())), hit)
    return list(found.values())
