const show = id => ['login', 'step-up', 'park'].forEach(each => document.getElementById(each).hidden = each !== id);
const say = text => document.getElementById('answer').textContent = text;

/** Calls the API. Cookies travel by themselves, and are renewed on the way. */
async function call(path, form) {
    const answer = await fetch(path, form === undefined ? {} : {method: 'POST', body: new URLSearchParams(form)});
    const challenge = answer.headers.get('WWW-Authenticate') ?? '';
    if (answer.status === 401) {
        show(challenge.includes('insufficient_user_authentication') ? 'step-up' : 'login');
        say(form === undefined ? '' : 'wrong name or password');
    } else {
        say(answer.ok ? await answer.text() : 'please try again later');
    }
    return answer.ok;
}

/** Shows what a user may see now: also when the browser brings back the page as it was. */
async function begin() {
    say('');
    if (await call('/me')) {
        show('park');
    }
}

for (const id of ['login', 'step-up']) {
    document.getElementById(id).addEventListener('submit', async event => {
        event.preventDefault();
        if (await call('/' + id, new FormData(event.target))) {
            event.target.reset();
            await begin();
        }
    });
}
for (const id of ['me', 'vault']) {
    document.getElementById(id).addEventListener('click', () => call('/' + id));
}
for (const id of ['logout', 'logout-everywhere']) {
    document.getElementById(id).addEventListener('click', async () => {
        await call('/' + id, {});
        await begin();
    });
}
addEventListener('pageshow', begin);
