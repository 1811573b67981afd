"""Which graphics cards of NVIDIA there are, asked of the driver without touching CUDA."""

from __future__ import annotations


def nvidia_cards() -> tuple[str, ...]:
    """Their names; none where there is no driver. Takes some ten milliseconds, in any thread."""
    try:
        import pynvml
    except ImportError:
        return ()
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:  # no driver, or one without a card
        return ()
    try:
        handles = map(pynvml.nvmlDeviceGetHandleByIndex, range(pynvml.nvmlDeviceGetCount()))
        return tuple(str(pynvml.nvmlDeviceGetName(handle)) for handle in handles)
    except pynvml.NVMLError:
        return ()
    finally:
        pynvml.nvmlShutdown()
