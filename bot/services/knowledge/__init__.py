"""The knowledge base and the answers it gives."""
