package dev.gateline.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;

/** {@link TokenBenchmark} with the signatures of Amazon Corretto Crypto Provider, for those that can be given one. */
public class NativeBenchmark extends TokenBenchmark {
    /** For JMH. */
    public NativeBenchmark() {}

    @Override
    Sample sample() throws GeneralSecurityException {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        provider.assertHealthy();
        if (library.takesProviderOfTheProcess()) {
            AmazonCorrettoCryptoProvider.install();
        }
        return new Sample(algorithm, provider);
    }
}
