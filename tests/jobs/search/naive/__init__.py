"""What result pages are measured against: a site as it is first thought of."""
