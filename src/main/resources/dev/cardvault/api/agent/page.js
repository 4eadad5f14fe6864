// Shows a capture as it happens. Knows no digit: none is ever sent here but the last four of an accepted number.
'use strict';

const capture = location.pathname.split('/').pop();
const api = `/v1/captures/${encodeURIComponent(capture)}`;
const page = (id) => document.getElementById(id);

const NAMES = {pan: 'Card number', expiry: 'Expiry', security_code: 'Security code', postal_code: 'Postal code'};
const BRANDS = {
  visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express', diners: 'Diners Club', discover: 'Discover',
  jcb: 'JCB', unionpay: 'UnionPay', maestro: 'Maestro', elo: 'Elo', mir: 'Mir', verve: 'Verve', troy: 'Troy',
  hiper: 'Hiper', hipercard: 'Hipercard', rupay: 'RuPay', unknown: 'Unknown brand'
};
const STATES = {
  created: 'Waiting', linked: 'Linked', collecting: 'Keying', field_invalid: 'Check', field_ok: 'Next',
  confirming: 'Confirming', tokenizing: 'Saving', completed: 'Done', failed: 'Failed', cancelled: 'Cancelled',
  expired: 'Expired', abandoned: 'Hung up', lost: 'Restart'
};
const REASONS = {
  'luhn-failed': 'This number is not valid. Ask the caller to check it.',
  'length-invalid': 'The number of digits is wrong.',
  'brand-not-accepted': 'Cards of this brand are not accepted.',
  'number-invalid': 'No card number begins like this.',
  'expiry-invalid': 'This is no month and year.',
  'card-expired': 'The card has expired.',
  'no-input': 'Nothing was keyed in time.',
  'code-length-invalid': 'This card has a security code of another length. Please ask for it again.',
  'link-code-wrong': 'A wrong link code was keyed.',
  'link-code-used-up': 'The link code was wrong too often.',
  'attempts-used-up': 'There are no attempts left.',
  'timed-out': 'This took too long.',
  'hung-up': 'The caller hung up.',
  'cancelled': 'This entry was called off.',
  'token-refused': 'The card could not be saved.',
  'restart-required': 'The connection to the entry was lost. Please start a new one with the caller.'
};
const ENDS = ['completed', 'failed', 'cancelled', 'expired', 'abandoned', 'lost'];
const OPTIONAL = ['expiry', 'security_code', 'postal_code'];

let secret = null;
let seen = null;
let over = false;
let expires = 0;
let lastSpoken = '';

// --- The secret: in the fragment, from the page around this one, or for the link code. Never in an address sent.

function takeFragment() {
  const fragment = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  return /^cv[od]_[A-Za-z0-9_-]{43}$/.test(fragment) ? fragment : null;
}

addEventListener('message', (event) => {
  const given = event.source === parent && event.data && event.data.cardvault_secret;
  if (typeof given === 'string' && /^cv[od]_[A-Za-z0-9_-]{43}$/.test(given) && secret === null) {
    begin(given);
  }
});

page('link').addEventListener('submit', async (event) => {
  event.preventDefault();
  const problem = page('link-problem');
  problem.textContent = '';
  try {
    const answer = await fetch(`${api}/link`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({link_code: page('code').value})
    });
    page('code').value = '';
    if (answer.ok) {
      begin((await answer.json()).desk_secret);
      return;
    }
    problem.textContent = {
      401: 'This is not the link code of this call.',
      404: 'There is no such entry.',
      409: 'The link code is too old, or was used too often.',
      410: 'This entry has ended.'
    }[answer.status] || 'That did not work. Please try again.';
  } catch (e) {
    problem.textContent = 'The service cannot be reached. Please try again.';
  }
  page('code').focus();
});

function begin(given) {
  secret = given;
  page('link').hidden = true;
  page('entry').hidden = false;
  watch();
}

// --- The events. EventSource cannot send a header, so the stream is read by hand.

async function watch() {
  for (let pause = 250; !over; pause = Math.min(pause * 2, 4000)) {
    try {
      const headers = {Authorization: `Bearer ${secret}`, Accept: 'text/event-stream'};
      if (seen !== null) {
        headers['Last-Event-ID'] = seen;
      }
      const answer = await fetch(`${api}/events`, {headers, cache: 'no-store'});
      if (answer.ok) {
        pause = 250;
        await read(answer.body.getReader());
      } else if ([401, 403, 404, 410].includes(answer.status)) {
        stop(answer.status);
        return;
      }
    } catch (e) {
      // Cut off; what was missed is sent again.
    }
    if (!over) {
      setState('waiting', 'Reconnecting');
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

async function read(reader) {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const {done, value} = await reader.read();
    if (done) {
      return;
    }
    text += decoder.decode(value, {stream: true});
    const parts = text.split(/\r?\n\r?\n/);
    text = parts.pop();
    parts.forEach(handle);
  }
}

function handle(block) {
  const data = block.split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).replace(/^ /, ''))
    .join('\n');
  if (data) {
    const event = JSON.parse(data);
    seen = String(event.id);
    show(event);
  }
}

function stop(status) {
  over = true;
  setState(status === 410 ? 'expired' : 'failed', status === 410 ? 'Ended' : 'No access');
  banner(status === 410 ? 'This entry has ended.' : 'This screen may not watch this entry.', false);
}

// --- What is shown

function show({type, field, reason, capture: now}) {
  expires = performance.now() + now.time_left_ms;
  setState(now.state, STATES[now.state] || now.state);
  const list = page('fields');
  while (list.children.length < now.fields.length) {
    list.append(newField(now.fields[list.children.length].field));
  }
  now.fields.forEach((entered, index) => showField(list.children[index], entered, now));
  if (ENDS.includes(now.state)) {
    over = true;
    page('time').hidden = true;
    banner(now.state === 'completed' ? 'The card is saved.' : REASONS[now.reason] || 'This entry has ended.',
      now.state === 'completed');
  } else {
    banner(reason === 'link-code-wrong' ? REASONS[reason] : '', false);
  }
  speak(type, field, now);
}

function newField(name) {
  const item = page('field').content.firstElementChild.cloneNode(true);
  item.dataset.field = name;
  item.querySelector('h2').textContent = NAMES[name] || name;
  item.querySelectorAll('button').forEach((button) => {
    button.hidden = button.dataset.command === 'skip' && !OPTIONAL.includes(name);
    button.setAttribute('aria-label', `${button.textContent}: ${NAMES[name] || name}`);
    button.addEventListener('click', () => command(button.dataset.command, name));
  });
  return item;
}

function showField(item, entered, now) {
  const current = now.field === entered.field;
  item.className = `field ${entered.progress}${current ? ' current' : ''}${entered.warning ? ' warned' : ''}`;
  if (current) {
    item.setAttribute('aria-current', 'step');
  } else {
    item.removeAttribute('aria-current');
  }
  const badge = item.querySelector('.badge');
  const brand = entered.field === 'pan' ? now.brand : null;
  badge.hidden = !brand;
  badge.textContent = brand ? BRANDS[brand] || brand : '';
  item.querySelector('.count').textContent = entered.progress === 'skipped' ? 'skipped'
    : entered.field === 'postal_code' ? `${entered.count} keyed` : `${entered.count} of ${entered.wanted}`;
  dots(item.querySelector('.dots'), entered, now);
  item.querySelector('.note').textContent = noteOf(entered, current, now);
  const actions = item.querySelector('.actions');
  const asked = ['linked', 'collecting', 'field_invalid', 'field_ok', 'confirming', 'created'].includes(now.state);
  actions.classList.toggle('allowed', secret.startsWith('cvd_') && asked);
}

function dots(row, entered, now) {
  const last4 = entered.field === 'pan' && entered.progress === 'accepted' ? now.last4 : null;
  const total = entered.field === 'postal_code' ? entered.count : Math.max(entered.wanted, entered.count);
  const hidden = last4 ? Math.max(0, entered.count - 4) : total;
  row.replaceChildren(...Array.from({length: hidden}, (_, index) => {
    const dot = document.createElement('span');
    dot.className = `dot${index < entered.count ? ' keyed' : ''}${gap(entered, index) ? ' gap' : ''}`;
    return dot;
  }));
  if (last4) {
    const digits = document.createElement('span');
    digits.className = 'last';
    digits.textContent = last4;
    row.append(digits);
  }
}

function gap(entered, index) {
  return index > 0 && ((entered.field === 'pan' && index % 4 === 0) || (entered.field === 'expiry' && index === 2));
}

function noteOf(entered, current, now) {
  if (entered.progress === 'accepted') {
    return 'Accepted';
  }
  if (entered.warning) {
    return REASONS[entered.warning] || entered.warning;
  }
  const tried = entered.attempts > 0 ? ` Refused so far: ${entered.attempts}.` : '';
  if (current && now.state === 'field_invalid' && now.reason) {
    return (REASONS[now.reason] || now.reason) + tried;
  }
  return tried.trim();
}

function setState(state, text) {
  const pill = page('state');
  pill.dataset.state = state;
  pill.textContent = text;
}

function banner(text, good) {
  const line = page('problem');
  line.hidden = !text;
  line.classList.toggle('good', good);
  if (line.textContent !== text) {
    line.textContent = text;
  }
}

// A screen reader is told of what matters, not of each key.
function speak(type, field, now) {
  const name = NAMES[field] || '';
  const words = {
    asked: `${name} is asked for.`,
    brand: `${BRANDS[now.brand] || now.brand || ''} card.`,
    warning: REASONS[(now.fields.find((entered) => entered.field === field) || {}).warning] || '',
    cleared: `${name} was cleared.`,
    invalid: `${name}: ${REASONS[now.reason] || 'refused'}`,
    accepted: `${name} accepted.`,
    skipped: `${name} skipped.`,
    confirming: 'The caller is asked to confirm.',
    tokenizing: 'The card is being saved.'
  }[type] || '';
  if (words && words !== lastSpoken) {
    lastSpoken = words;
    page('spoken').textContent = words;
  }
}

async function command(what, field) {
  try {
    const answer = await fetch(`${api}/commands`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', Authorization: `Bearer ${secret}`},
      body: JSON.stringify({command: what, field})
    });
    if (!answer.ok && answer.status !== 410) {
      banner('That is not possible now.', false);
    }
  } catch (e) {
    banner('The service cannot be reached. Please try again.', false);
  }
}

setInterval(() => {
  if (secret && !over && expires > 0) {
    const left = Math.max(0, Math.round((expires - performance.now()) / 1000));
    page('time').hidden = false;
    page('time-left').textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  }
}, 500);

const fromFragment = takeFragment();
if (fromFragment) {
  begin(fromFragment);
} else {
  page('code').focus();
}
