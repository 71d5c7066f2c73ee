"""Tests of the reports: hand-made judgements in, documents, XML, Markdown and terminals out."""
