"""Tests of the document and its pages."""
