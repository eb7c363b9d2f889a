package dev.gateline.kit;

import dev.gateline.spi.ChangeFeed;
import dev.gateline.spi.InProcessFeed;

class InProcessFeedTest extends ChangeFeedContract {
    private final InProcessFeed feed = ChangeFeed.inProcess();

    @Override
    protected ChangeFeed connect() {
        return feed.another();
    }
}
