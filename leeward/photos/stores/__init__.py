"""Where prepared photos are kept: in the data folder, or in a store that speaks S3."""
