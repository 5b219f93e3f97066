"""Training of the VividTalker Studio networks: data, teachers, tokenizers, masked transformers, export and evaluation."""
