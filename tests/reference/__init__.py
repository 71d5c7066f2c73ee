"""Tests of the reference server: a real process on a real socket."""
