"""The contract as the suite reads it: a document, its operations, its sentences. Never the generated models."""
