// Leaves a page as soon as its login has ended, wherever it was ended. Among all tabs of a browser that show the same
// login one asks the server, because a browser opens six connections to a server at most; the others hear it from that one.
const login = document.currentScript.dataset.login;
const otherTabs = new BroadcastChannel('end of ' + login);
const ENDED = 'ended';
const RETRY_AFTER = 5000;
let leaving = false;

// A page that is being left has its reason: it may be the one that logs out.
addEventListener('beforeunload', () => { leaving = true; });
addEventListener('pageshow', () => { leaving = false; });
otherTabs.onmessage = leave;

function leave() {
    if (!leaving) {
        location.replace('/logged-out');
    }
}

// The answer's body comes to its end with the login, or after a while, empty, to be asked for again.
async function ask() {
    const answer = await fetch('/login-end?login=' + encodeURIComponent(login), {method: 'POST'});
    if (answer.status === 401) {
        return ENDED;
    }
    if (!answer.ok) {
        throw new Error('not now: ' + answer.status);
    }
    return answer.text();
}

async function end() {
    for (;;) {
        try {
            if (await ask() === ENDED) {
                return;
            }
        } catch (lost) {
            await new Promise(done => setTimeout(done, RETRY_AFTER));
        }
    }
}

navigator.locks.request('end of ' + login, async () => {
    await end();
    otherTabs.postMessage(ENDED);
    leave();
});
