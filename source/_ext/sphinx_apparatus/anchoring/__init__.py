"""Words to spans, spans to runs: where an annotation stands in its text.  Pure Python."""
