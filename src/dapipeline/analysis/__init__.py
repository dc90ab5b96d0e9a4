"""What the typologies add up to: concentration of harm, equality audit, harm regression."""
