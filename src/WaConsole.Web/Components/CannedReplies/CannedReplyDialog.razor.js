// A chosen variable goes where the cursor stands.
export function attach(form) {
  const body = form.querySelector('[data-body]');
  form.addEventListener('click', event => {
    const name = event.target.closest('[data-variable]')?.dataset.variable;
    if (name) {
      body.setRangeText(`{{${name}}}`, body.selectionStart, body.selectionEnd, 'end');
      body.dispatchEvent(new Event('change', { bubbles: true }));
      body.focus();
    }
  });
  form.toggleAttribute('data-ready', true);
}

export function detach() {
}
