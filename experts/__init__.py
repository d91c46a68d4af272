"""The expert pool and the review service: it reviews dossiers and knows neither proposals nor labs."""
