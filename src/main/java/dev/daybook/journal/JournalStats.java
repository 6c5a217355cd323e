package dev.daybook.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Figures of a whole journal, all of one moment.
 *
 * @param events how many events there are
 * @param streams how many streams are known, those whose events were all deleted included
 * @param tags how many different tags the events carry
 * @param firstPosition the lowest position in the journal, 0 if it is empty
 * @param lastPosition the highest position in the journal, 0 if it is empty
 * @param oldest the earliest recorded time
 * @param newest the latest recorded time
 */
public record JournalStats(
    long events,
    long streams,
    long tags,
    long firstPosition,
    long lastPosition,
    Optional<Instant> oldest,
    Optional<Instant> newest) {}
