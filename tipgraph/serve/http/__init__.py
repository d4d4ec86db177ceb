"""What HTTP asks of any answer: conditions, negotiation, headers, problems."""
