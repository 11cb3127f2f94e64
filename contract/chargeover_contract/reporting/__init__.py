"""What a run found, for people: grouped by cause, on the terminal and as JUnit XML, JSON, HTML and HAR."""
