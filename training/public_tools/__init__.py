"""Public lip-sync tools run offline on 16-kHz samples; each module turns one tool's output into our mouth channels."""
