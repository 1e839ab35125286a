// What Tasklist's forms lack: choices that the keyboard leaves as it should, a list that Escape closes without its form, one
// refusal at a time, and a place that is kept when one comes.
const ATTEMPT = /\/(claim|unclaim|complete|submit-form|start|assignee|resolve|delegate)$/;
const REFUSED = '[notifications-panel] .alert-danger';
const INSIDE = 'input, textarea, select, button, a, summary';

let focused = document.body;

export function mend() {
  document.addEventListener('keydown', listOfAField, true);
  window.addEventListener('focusin', event => { focused = event.target; }, true);
  document.addEventListener('click', besideTheForm, true);
  clearWithEachAttempt();
  new MutationObserver(() => {
    groupChoices();
    offerFiles();
    notTwice();
    keepThePlace();
  }).observe(document.body, { childList: true, subtree: true });
}

/** Radio buttons without a name are no group: Tab would go to "Reject", where a space chooses it. */
function groupChoices() {
  for (const group of document.querySelectorAll('.fjs-form-field-radio:not([role])')) {
    const choices = group.querySelectorAll('input[type=radio]');
    if (choices.length) {
      group.setAttribute('role', 'radiogroup');
      group.setAttribute('aria-label', group.querySelector('label').textContent);
      choices.forEach(choice => { choice.name = choices[0].id; });
    }
  }
}

/** What a form leads to opens beside it: whoever follows the link keeps what is filled in. */
function besideTheForm(event) {
  const link = event.target.closest?.('.fjs-form a[href^="/start-forms/"]');
  if (link) {
    link.target = '_blank';
  }
}

/** Texts in YAML are files elsewhere: they can be taken from one. The field is told as if somebody had typed it. */
function offerFiles() {
  for (const field of document.querySelectorAll('.fjs-form-field-textarea:not([data-file])')) {
    const text = field.querySelector('textarea');
    if (!text || !/YAML/.test(field.textContent) || text.disabled || text.readOnly) {
      continue;
    }
    field.dataset.file = 'offered';
    numberLines(text);
    const label = document.createElement('label');
    label.className = 'meshspan-file';
    label.append('Take it from a file: ');
    const file = document.createElement('input');
    file.type = 'file';
    file.accept = '.yaml,.yml,.json,text/plain';
    file.addEventListener('change', async () => {
      if (file.files.length) {
        const content = await file.files[0].text();
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(text, content);
        text.dispatchEvent(new Event('input', { bubbles: true }));
        text.dispatchEvent(new Event('blur'));
      }
    });
    label.append(file);
    field.append(label);
  }
}

/** A refusal names the line: its number stands beside it. No line is broken, so that each number has its own. */
function numberLines(text) {
  const numbers = document.createElement('div');
  numbers.className = 'meshspan-lines';
  numbers.setAttribute('aria-hidden', 'true');
  text.classList.add('meshspan-numbered');
  text.wrap = 'off';
  text.spellcheck = false;
  text.before(numbers);
  const number = () => {
    const lines = text.value.split('\n').length;
    text.rows = Math.min(Math.max(lines + 1, 6), 24);
    numbers.textContent = Array.from({ length: lines }, (none, line) => line + 1).join('\n');
    numbers.style.height = `${text.clientHeight}px`;
    numbers.style.top = `${text.offsetTop + text.clientTop}px`;
    numbers.scrollTop = text.scrollTop;
  };
  text.addEventListener('input', number);
  text.addEventListener('scroll', () => { numbers.scrollTop = text.scrollTop; });
  new ResizeObserver(number).observe(text);
  number();
}

/**
 * Escape closes the list of a field, and the dialog around the form leaves the key alone; an arrow opens the list again. A list
 * is open from the field's focus to its blur: to keep the focus, it comes back without the field being told.
 */
function listOfAField(event) {
  const field = event.target;
  const list = field.closest?.('.fjs-form-field')?.querySelector('.fjs-dropdownlist');
  if (event.key === 'Escape' && list) {
    event.preventDefault();
    field.blur();
    const hide = focus => focus.stopImmediatePropagation();
    ['focus', 'focusin'].forEach(type => window.addEventListener(type, hide, true));
    field.focus({ preventScroll: true });
    ['focus', 'focusin'].forEach(type => window.removeEventListener(type, hide, true));
  } else if (event.key === 'ArrowDown' && !list && field.matches?.('.fjs-select-hidden-input')) {
    event.preventDefault();
    field.blur();
    field.focus({ preventScroll: true });
  }
}

/** Tasklist keeps what it says until somebody closes it, and puts the next below. What is said already is not said twice. */
function notTwice() {
  const told = notifications();
  if (told && !told.mended) {
    const add = told.add;
    told.mended = true;
    told.add = function (notification) {
      this.notifications.filter(each => each.status === notification.status && each.message === notification.message)
        .forEach(each => this.clear(each));
      return add.call(this, notification);
    };
  }
}

/** Whoever tries again, or does something else, is told what comes of that, and not what came of an earlier attempt. */
function clearWithEachAttempt() {
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (method !== 'GET' && ATTEMPT.test(new URL(url, location.href).pathname)) {
      const told = notifications();
      told?.notifications.filter(each => each.type === 'danger').forEach(each => told.clear(each));
    }
    return open.call(this, method, url, ...rest);
  };
}

const notifications = () => window.angular?.element(document.querySelector('.ng-scope')).injector()?.get('Notifications');

let refused;

/** A button that was switched off while its request was on the way has lost the focus; one that stays off cannot have it. */
function keepThePlace() {
  const refusal = document.querySelector(REFUSED);
  if (refusal === refused) {
    return;
  }
  refused = refusal;
  if (refusal) {
    refusal.setAttribute('role', 'alert');
    refusal.tabIndex = -1;
    const place = focused;
    setTimeout(() => {
      if (document.activeElement === document.body || document.activeElement.disabled || !document.activeElement.matches(INSIDE)) {
        (place.isConnected && !place.disabled ? place : document.querySelector(REFUSED))?.focus({ preventScroll: true });
      }
    }, 300);
  }
}
