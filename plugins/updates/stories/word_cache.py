"""Remember how words were read: each is looked up many thousand times, and a dictionary answers soonest."""

from collections.abc import Callable

_MOST = 200_000


class Memory(dict[str, tuple[str, ...]]):
    """Answers to one question about words, worked out at the first asking; forgets all where it grows too large."""

    def __init__(self, answer: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= _MOST:
            self.clear()
        self[word] = found = self._answer(word)
        return found
