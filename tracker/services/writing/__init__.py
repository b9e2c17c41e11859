"""What a language model is asked to write: asked for, composed by a job, followed while it grows, stopped."""
