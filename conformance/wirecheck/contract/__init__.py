"""The contract as the suite reads it: one document, its operations, its sentences. Never the models generated from it."""
