package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.internal.Micros;
import dev.gateline.internal.OwnerOnlyFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Logins and revocations in this process: for one node, for tests and for trying out. They end with the process, unless
 * they are saved to a file when it stops and restored when it starts. Thread-safe.
 */
public final class MemoryStorage implements Storage {
    private static final long MAGIC = 0x676174656c696e31L;
    private static final byte END = 0;
    private static final byte ROW = 1;
    private static final byte REVOCATION = 2;
    private static final int LONGEST_STATE = 1 << 26;

    private final MemoryLoginStore logins;
    private final MemoryRevocationStore revocations;
    private final MemoryRateLimitStore rateLimits = new MemoryRateLimitStore();

    MemoryStorage(int capacity, LongSupplier nanos) {
        SteadyTime time = new SteadyTime(nanos);
        revocations = new MemoryRevocationStore(time);
        logins = new MemoryLoginStore(capacity, time, revocations);
    }

    @Override
    public LoginStore logins() {
        return logins;
    }

    @Override
    public RevocationStore revocations() {
        return revocations;
    }

    /** Rate limits of at most 100,000 names, which are not saved. */
    @Override
    public Optional<RateLimitStore> rateLimits() {
        return Optional.of(rateLimits);
    }

    /**
     * Saves logins and revocations to a file that only its owner may read. The file is written as a whole or not at
     * all. It contains digests and no usable secret. Call it after the authenticators are closed, because later changes
     * are not in the file.
     *
     * @param file the file, which is replaced if it exists
     * @throws UncheckedIOException if the file can't be written; then an existing file stays
     */
    public void save(Path file) {
        OwnerOnlyFile.write(file, stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeLong(MAGIC);
            // an ending writes its revocation before it deletes the row, so the rows are saved first
            logins.forEach(row -> write(out, row));
            revocations.forEachLive(Instant.MIN, revocation -> write(out, revocation));
            out.writeByte(END);
            out.flush();
        });
    }

    private static void write(DataOutputStream out, LoginRow row) {
        try {
            out.writeByte(ROW);
            out.writeUTF(row.id().value());
            out.writeUTF(row.realm());
            out.writeUTF(row.subject());
            out.writeLong(row.version());
            out.writeLong(Micros.of(row.lastSeenAt()));
            byte[] state = row.state().write();
            out.writeInt(state.length);
            out.write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, Revocation revocation) {
        try {
            out.writeByte(REVOCATION);
            out.writeUTF(revocation.grain().name());
            out.writeUTF(revocation.key());
            out.writeLong(revocation.epoch());
            out.writeLong(Micros.of(revocation.until()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file of {@link #save} and deletes it, because after a crash an old copy would bring back logins that have
     * ended since. Rows that have expired meanwhile are dropped later, by a clock that has proved steady. Call it
     * before the first login.
     *
     * @param file the file; if it does not exist, nothing happens
     * @throws IllegalArgumentException if others have rights to the file, or if it is incomplete; then the file stays,
     *     no login is read, and the message quotes nothing of the file
     * @throws dev.gateline.LoginRefusedException if it contains more logins than this storage can hold
     * @throws UncheckedIOException if it can't be read or deleted
     */
    public void restore(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        List<LoginId> restored = new ArrayList<>();
        boolean whole = false;
        try {
            try (DataInputStream in = new DataInputStream(OwnerOnlyFile.open(file))) {
                read(in, restored);
                whole = true;
            }
            Files.delete(file);
        } catch (EOFException e) {
            throw new IllegalArgumentException(file + ": is cut off", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!whole) {
                restored.forEach(logins::delete);
            }
        }
    }

    private void read(DataInputStream in, List<LoginId> restored) throws IOException {
        if (in.readLong() != MAGIC) {
            throw new IllegalArgumentException("not a file of saved logins");
        }
        for (byte kind = in.readByte(); kind != END; kind = in.readByte()) {
            if (kind == ROW) {
                LoginRow row = row(in);
                logins.restore(row);
                revocations.raiseTo(row.state().epoch());
                restored.add(row.id());
            } else {
                revocations.restore(revocation(in));
            }
        }
    }

    private static Revocation revocation(DataInputStream in) throws IOException {
        String name = in.readUTF();
        Revocation.Grain grain = Arrays.stream(Revocation.Grain.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such kind of revocation"));
        return new Revocation(grain, in.readUTF(), in.readLong(), Micros.instant(in.readLong()));
    }

    private static LoginRow row(DataInputStream in) throws IOException {
        LoginId id = new LoginId(in.readUTF());
        String realm = in.readUTF().intern();
        String subject = in.readUTF();
        long version = in.readLong();
        Instant lastSeenAt = Micros.instant(in.readLong());
        int length = in.readInt();
        if (length < 0 || length > LONGEST_STATE) {
            throw new IllegalArgumentException("not a file of saved logins");
        }
        byte[] state = in.readNBytes(length);
        return new LoginRow(id, realm, subject, version, lastSeenAt, LoginState.read(state));
    }
}
