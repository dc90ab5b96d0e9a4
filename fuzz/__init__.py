"""Random extracts, random configs and kills: nobody's facts change, no answer comes without a word."""
