"""Compiled functions, and where their machine code is kept between two starts."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.registry import cpu_target

Function = TypeVar("Function", bound=Callable[..., Any])


def sources_digest() -> str:
    """One word for the sources of this package: numba itself does not notice a change in a called file."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def cache_folder() -> Path:
    """`NUMBA_CACHE_DIR`, else a folder below `VAR_DIR`; where that cannot be written, a temporary one."""
    root = Path(__file__).resolve().parents[2]
    var = Path(os.environ.get("VAR_DIR") or root / "var")
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or var / "kernels") / sources_digest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"moussem-kernels-{os.getuid()}" / sources_digest()
        folder.mkdir(parents=True, exist_ok=True)
    return folder


numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]

# Numba learns all it knows of NumPy at the first call of anything, which takes most of a second: here it is
# part of loading, and the search of whoever has a second is not what waits for it.
for context in (cpu_target.typing_context, cpu_target.target_context):
    context.refresh()


def kernel(function: Function) -> Function:
    """The function compiled on its first call, without Python's lock, and kept for the next start."""
    compiled: Any = numba.njit(cache=True, nogil=True, boundscheck=False)(function)
    return cast(Function, compiled)
