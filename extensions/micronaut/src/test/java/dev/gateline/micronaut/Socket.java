package dev.gateline.micronaut;

import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.ServerWebSocket;

@ServerWebSocket("/socket")
@RequireLogin
class Socket {
    @OnMessage
    void message(String text) {}
}
