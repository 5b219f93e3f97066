"""Graph Laplacians on the level-0 mesh: smooth spreading of constraints and harmonic weights."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

SHORTEST_EDGE_DM = 0.008


def laplacian(quads: np.ndarray, vertices: np.ndarray) -> sparse.csr_matrix:
    """Symmetric graph Laplacian with weights 1 / edge length (dm, at least 0.008)."""
    a, b = quads.ravel(), np.roll(quads, -1, axis=1).ravel()
    pairs = np.unique(np.stack([np.minimum(a, b), np.maximum(a, b)], axis=1), axis=0)
    weight = 1 / np.maximum(np.linalg.norm(vertices[pairs[:, 0]] - vertices[pairs[:, 1]], axis=1), SHORTEST_EDGE_DM)
    n = len(vertices)
    link = sparse.csr_matrix((weight, (pairs[:, 0], pairs[:, 1])), (n, n))
    link = link + link.T
    return (sparse.diags(np.asarray(link.sum(1)).ravel()) - link).tocsr()


def _constrained(system: sparse.csr_matrix, fixed: np.ndarray, values: np.ndarray) -> np.ndarray:
    free = ~fixed
    result = values.copy()
    result[free] = splu(system[free][:, free].tocsc()).solve(-(system[free][:, fixed] @ values[fixed]))
    return result


def spread(system: sparse.csr_matrix, fixed: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Bi-Laplacian extension of `values` [n, k], prescribed where `fixed`, to the other vertices."""
    return _constrained((system @ system).tocsr(), fixed, values)


def harmonic(system: sparse.csr_matrix, fixed: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Harmonic extension of `values` [n, k], prescribed where `fixed`."""
    return _constrained(system, fixed, values)
