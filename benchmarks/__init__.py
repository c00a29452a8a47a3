"""Side-by-side measurements that anyone can repeat. What was seen is in RESULTS.md."""
