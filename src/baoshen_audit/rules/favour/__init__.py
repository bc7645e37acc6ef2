"""人情保: enrolment favoured by an office; found in filings and the process log, never in a score of a family."""
