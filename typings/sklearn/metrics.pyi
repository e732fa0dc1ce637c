import numpy as np
import numpy.typing as npt

def silhouette_score(
    data: npt.NDArray[np.float64], labels: npt.NDArray[np.int32] | npt.NDArray[np.int64]
) -> float: ...
