import numpy as np
import numpy.typing as npt
from pandas import DataFrame

def calculate_comment_statistics(
    vote_matrix: DataFrame, cluster_labels: list[int]
) -> tuple[
    npt.NDArray[np.int32],
    npt.NDArray[np.int32],
    npt.NDArray[np.float64],
    npt.NDArray[np.float64],
    npt.NDArray[np.float64],
    npt.NDArray[np.float64],
    npt.NDArray[np.float64],
]: ...
