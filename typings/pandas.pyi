import numpy as np
import numpy.typing as npt

class DataFrame:
    def __init__(self, data: npt.NDArray[np.float64]) -> None: ...
