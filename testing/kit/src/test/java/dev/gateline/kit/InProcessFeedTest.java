package dev.gateline.kit;

import dev.gateline.store.ChangeFeed;
import dev.gateline.store.InProcessFeed;

class InProcessFeedTest extends ChangeFeedContract {
    private final InProcessFeed feed = ChangeFeed.inProcess();

    @Override
    protected ChangeFeed connect() {
        return feed.another();
    }
}
