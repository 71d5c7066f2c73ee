"""Chat completions: without a stream, as a stream, with tools, structured output, log probabilities."""
