package dev.sea.integrations.probe;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.probe.Findings.KeyFindings;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.ValidationReport.Scope;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/**
 * Asks AWS all that one validation needs to know. Calls that do not depend on each other run in parallel. The longest chain is
 * credentials, put, get. If an earlier validation left its object in the bucket, it is credentials and one call: those that
 * read the object start beside put, and only an answer that put's makes doubtful is asked for again.
 *
 * <p>A full validation also tries to assume the role in ways that STS must deny. These tries run beside the real AssumeRole,
 * and the session waits for them: S3 and KMS are called only after STS has denied all of them.
 */
public final class Probes {
    private final Subject subject;
    private final Scope scope;
    private final RegionalClients clients;
    private final SessionProbe session;
    private final ParallelCalls calls;

    private Pending<HeadBucketResponse> head = Pending.unasked();
    private final Map<ObjectProbe, Pending<ObjectFindings>> objects = new EnumMap<>(ObjectProbe.class);
    private Pending<ObjectFindings> presigned = Pending.unasked();
    private Pending<ObjectFindings> justPresigned = Pending.unasked();
    private Pending<KeyFindings> key = Pending.unasked();
    private Pending<ListBucketsResponse> listBuckets = Pending.unasked();
    private Pending<Boolean> tellsMoreWithoutOwner = Pending.unasked();
    private Optional<BucketOwner> owner = Optional.empty();

    public Probes(
            Subject subject,
            Scope scope,
            CredentialBroker broker,
            RegionalClients clients,
            Supplier<ExternalId> neverGivenOut,
            ParallelCalls calls) {
        this.subject = subject;
        this.scope = scope;
        this.clients = clients;
        this.session = new SessionProbe(subject, scope, broker, neverGivenOut, calls);
        this.calls = calls;
    }

    /** Asks everything. Waits for the credentials only. */
    public void askAll() {
        session.ask(true);
        useSession();
    }

    /** Asks only whether STS accepts the access and denies what it must deny. Calls neither S3 nor KMS. */
    public void askGuard() {
        session.ask(true);
    }

    /** Makes the calls of the denied checks again, and those that depend on them. */
    public void askAgain(Set<CheckId> denied) {
        if (denied.contains(CheckId.CREDENTIALS)) {
            session.ask(false);
            useSession();
        } else {
            session.credentials().given().ifPresent(given -> ask(given, denied));
        }
    }

    /** Calls S3 and KMS, but only after STS has denied all negative tries. */
    private void useSession() {
        session.usable().ifPresent(given -> ask(given, EnumSet.allOf(CheckId.class)));
    }

    private void ask(Session given, Set<CheckId> which) {
        BucketOwner named = owner.orElseGet(() -> BucketOwner.of(subject, given));
        owner = Optional.of(named);
        S3Calls s3 = new S3Calls(
                clients.s3(subject.target().region()), subject.target(), named, scope == Scope.LIGHT, given);
        // A guess at the owner is left to put, so that not each call needs a second try.
        Optional<Health.FullPass> earlier = subject.standingPass().filter(_ -> objects.isEmpty() && !named.isGuessed());
        for (ObjectProbe probe : ObjectProbe.independent()) {
            objects.put(probe, calls.again(which.contains(probe.check()), of(probe), () -> probe.ask(s3, false)));
        }
        if (earlier.isPresent()) {
            readBeside(of(ObjectProbe.PUT), s3);
        } else {
            readAfter(of(ObjectProbe.PUT), s3, which);
        }
        readJustPresigned(s3, which);
        askKey(given, earlier.flatMap(Health.FullPass::encryption), which);
        head = calls.again(which.contains(CheckId.BUCKET), head, s3::head);
        askOwner(s3, named);
        if (subject.access() instanceof PresentedAccess.Keys) {
            listBuckets(s3, which);
        }
    }

    private void readBeside(Pending<ObjectFindings> put, S3Calls s3) {
        EarlyReads early = new EarlyReads(calls, needs(), put);
        ObjectProbe.reading().forEach(probe -> early.start(probe, s3));
        Pending<ObjectFindings> earlyPresigned =
                scope == Scope.FULL ? calls.ask(() -> s3.getPresigned(false)) : Pending.unasked();
        ObjectProbe.reading()
                .forEach(probe -> objects.put(probe, early.settled(probe, () -> probe.ask(s3, isWritten(put)))));
        if (scope == Scope.FULL) {
            presigned = early.settled(earlyPresigned, ObjectProbe.GET, () -> s3.getPresigned(isWritten(put)));
        }
    }

    private void readAfter(Pending<ObjectFindings> put, S3Calls s3, Set<CheckId> which) {
        boolean putToo = which.contains(CheckId.PUT);
        for (ObjectProbe probe : ObjectProbe.reading()) {
            boolean asked = which.contains(probe.check());
            objects.put(probe, calls.after(put, asked, putToo, of(probe), () -> probe.ask(s3, isWritten(put))));
        }
        boolean full = scope == Scope.FULL;
        boolean asked = full && which.contains(CheckId.GET);
        presigned = calls.after(put, asked, full && putToo, presigned, () -> s3.getPresigned(isWritten(put)));
    }

    /** Only if nothing but the presigned URL was denied. This then tells whether its age was the reason. */
    private void readJustPresigned(S3Calls s3, Set<CheckId> which) {
        Pending<ObjectFindings> put = of(ObjectProbe.PUT);
        Pending<ObjectFindings> get = of(ObjectProbe.GET);
        Pending<ObjectFindings> byUrl = presigned;
        boolean asked = scope == Scope.FULL && (which.contains(CheckId.PUT) || which.contains(CheckId.GET));
        justPresigned = calls.again(
                asked,
                justPresigned,
                () -> byUrl.await().isDenied() && get.await().isAllowed()
                        ? s3.getJustPresigned(isWritten(put))
                        : new Answer.Unasked<>());
    }

    /** @param expected the encryption that an earlier validation saw; if known, KMS is asked beside S3 */
    private void askKey(Session given, Optional<ObjectEncryption> expected, Set<CheckId> which) {
        Pending<ObjectFindings> put = of(ObjectProbe.PUT);
        Pending<ObjectFindings> get = of(ObjectProbe.GET);
        boolean asked = which.contains(CheckId.KMS) || which.contains(CheckId.GET);
        boolean putToo = which.contains(CheckId.PUT);
        key = expected.map(encryption -> keys(given).askBeside(put, get, encryption))
                .orElseGet(() ->
                        calls.after(put, asked, putToo, key, () -> keys(given).ask(put, get)));
    }

    /** If S3 denies every call that names the expected owner, either the owner is wrong or every permission is missing. */
    private void askOwner(S3Calls s3, BucketOwner named) {
        List<Pending<?>> ofBucket = new ArrayList<>(objects.values());
        ofBucket.add(head);
        Pending<ObjectFindings> list = of(ObjectProbe.LIST);
        Pending<ObjectFindings> get = of(ObjectProbe.GET);
        boolean asked = tellsMoreWithoutOwner.await().isGiven();
        tellsMoreWithoutOwner = calls.again(!asked, tellsMoreWithoutOwner, () -> {
            boolean allDenied =
                    ofBucket.stream().allMatch(answer -> answer.await().isDenied());
            return named.isGuessed() || !allDenied
                    ? new Answer.Unasked<>()
                    : s3.tellsMoreWithoutOwner(list.await(), get.await());
        });
    }

    /** No check waits for this answer, so it is asked again with the others once the key is known. */
    private void listBuckets(S3Calls s3, Set<CheckId> which) {
        boolean keyUnknown =
                listBuckets.await().refusal().filter(AwsFailure::isUnknownKey).isPresent();
        boolean asked = which.contains(CheckId.LEAST_PRIVILEGE) || keyUnknown;
        listBuckets = calls.again(asked, listBuckets, s3::listBuckets);
    }

    private AccessNeeds needs() {
        return new AccessNeeds(subject.target(), subject.sessionMetadata());
    }

    private KeyProbe keys(Session given) {
        return new KeyProbe(
                calls,
                subject.target(),
                needs(),
                new KmsCalls.Source(clients.kms(subject.target().region()), given));
    }

    private Pending<ObjectFindings> of(ObjectProbe probe) {
        return objects.getOrDefault(probe, Pending.unasked());
    }

    private static boolean isWritten(Pending<ObjectFindings> put) {
        return put.await().given().filter(ObjectFindings::written).isPresent();
    }

    /** Waits for all answers, until the deadline. */
    public Findings findings() {
        Map<ObjectProbe, Answer<ObjectFindings>> ofObjects = new EnumMap<>(ObjectProbe.class);
        objects.forEach((probe, pending) -> ofObjects.put(probe, pending.await()));
        return new Findings(
                session.credentials(),
                session.tried(),
                head.await(),
                ofObjects,
                presigned.await(),
                justPresigned.await(),
                key.await(),
                listBuckets.await(),
                tellsMoreWithoutOwner.await(),
                owner.flatMap(BucketOwner::known));
    }
}
