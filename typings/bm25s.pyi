from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

class BM25:
    vocab_dict: dict[str, int]
    def __init__(self, *, method: str = ..., k1: float = ..., b: float = ...) -> None: ...
    def index(self, corpus: Sequence[Sequence[str]], *, show_progress: bool = ...) -> None: ...
    def get_scores(self, query_tokens_single: list[str]) -> npt.NDArray[np.float32]: ...
