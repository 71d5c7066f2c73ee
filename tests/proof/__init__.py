"""The suite proves itself: every fault caught, the reference server clean, the same seed the same run."""
