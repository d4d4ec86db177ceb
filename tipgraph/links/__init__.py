"""Links to things elsewhere: found at an endpoint, reviewed by people, checked again."""
