package io.leadpulse.engine;

import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.ConservationRecord;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.DwellRecord;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.LedgerRecord;
import io.leadpulse.schemas.result.ProgressRecord;
import io.leadpulse.schemas.result.ResultCodec;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import java.nio.charset.StandardCharsets;

/** Encodes results with the codecs of their topics. */
public final class Results {
    private final ResultCodec<LeadProfile> profiles;
    private final ResultCodec<LedgerRecord> ledger;
    private final ResultCodec<AlertRecord> alerts;
    private final ResultCodec<RollupRecord> rollups;
    private final ResultCodec<ProgressRecord> progress;
    private final ResultCodec<DwellRecord> dwell;
    private final ResultCodec<DeadLetterRecord> deadLetters;
    private final ResultCodec<ConservationRecord> conservation;

    public Results(ResultCodecs codecs) {
        profiles = codecs.profiles();
        ledger = codecs.ledger();
        alerts = codecs.alerts();
        rollups = codecs.rollups();
        progress = codecs.progress();
        dwell = codecs.dwell();
        deadLetters = codecs.deadLetters();
        conservation = codecs.conservation();
    }

    public ResultRecord profile(LeadProfile result) {
        return encode(profiles, result);
    }

    public ResultRecord ledger(LedgerRecord result) {
        return encode(ledger, result);
    }

    public ResultRecord alert(AlertRecord result) {
        return encode(alerts, result);
    }

    /** An alert as it was encoded. */
    public AlertRecord alert(String value) {
        return alerts.decode(value.getBytes(StandardCharsets.UTF_8));
    }

    public ResultRecord rollup(RollupRecord result) {
        return encode(rollups, result);
    }

    public ResultRecord progress(ProgressRecord result) {
        return encode(progress, result);
    }

    public ResultRecord dwell(DwellRecord result) {
        return encode(dwell, result);
    }

    public ResultRecord deadLetter(DeadLetterRecord result) {
        return encode(deadLetters, result);
    }

    public ResultRecord conservation(ConservationRecord result) {
        return encode(conservation, result);
    }

    private static <T> ResultRecord encode(ResultCodec<T> codec, T result) {
        return new ResultRecord(codec.topic(), codec.key(result), codec.encode(result));
    }
}
