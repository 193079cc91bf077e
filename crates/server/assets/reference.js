// Draws the API document as a list of operations. Text only ever enters through textContent.

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

function element(name, text, className) {
  const node = document.createElement(name)
  if (text !== undefined) node.textContent = text
  if (className) node.className = className
  return node
}

function resolve(spec, schema) {
  const name = schema?.$ref?.split('/').pop()
  return name ? spec.components.schemas[name] : schema
}

// A schema as the JSON one would write: names, types, a question mark for what may be missing.
function shape(spec, schema, depth = 0) {
  if (!schema) return 'any'
  if (schema.$ref && depth > 3) return schema.$ref.split('/').pop()
  const whole = resolve(spec, schema)
  if (whole.enum) return whole.enum.map((value) => JSON.stringify(value)).join(' | ')
  const options = whole.oneOf ?? whole.anyOf
  if (options) return options.map((option) => shape(spec, option, depth)).join(' | ')
  if (whole.allOf) return whole.allOf.map((part) => shape(spec, part, depth)).join(' & ')
  if (whole.type === 'array' || whole.items) return `[${shape(spec, whole.items, depth + 1)}]`
  if (!whole.properties) return [whole.type ?? 'any'].flat().join(' | ') + (whole.format ? ` (${whole.format})` : '')
  const indent = '  '.repeat(depth + 1)
  const needed = new Set(whole.required ?? [])
  const lines = Object.entries(whole.properties).map(
    ([name, inner]) => `${indent}${name}${needed.has(name) ? '' : '?'}: ${shape(spec, inner, depth + 1)}`,
  )
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
}

function content(message) {
  return Object.values(message?.content ?? {})[0]?.schema
}

function parameters(list) {
  const table = element('table')
  for (const one of list) {
    const row = table.appendChild(element('tr'))
    row.append(element('td'), element('td', one.in), element('td', one.description ?? ''))
    row.firstChild.append(element('code', one.name))
  }
  return table
}

function codes(title, list) {
  const line = element('p', title)
  for (const code of list) line.append(' ', element('code', code))
  return line
}

function operation(spec, path, method, one) {
  const box = element('details')
  box.id = one.operationId
  const line = box.appendChild(element('summary'))
  const title = element('span')
  title.append(element('code', path), ` ${one.summary ?? ''}`)
  line.append(element('span', method.toUpperCase(), 'method'), title, element('span', one['x-access'] ?? '', 'access'))
  box.addEventListener('toggle', () => box.open && box.childElementCount === 1 && box.append(explain(spec, one)), { once: true })
  return box
}

function explain(spec, one) {
  const body = element('div', undefined, 'body')
  if (one.description) body.append(element('p', one.description))
  if (one.parameters?.length) body.append(parameters(one.parameters))
  const request = content(one.requestBody)
  if (request) body.append(element('p', 'Request'), element('pre', shape(spec, request)))
  for (const [status, answer] of Object.entries(one.responses ?? {})) {
    body.append(element('p', `${status} ${answer.description ?? ''}`))
    const schema = content(resolve(spec, answer))
    if (schema && status < '400') body.append(element('pre', shape(spec, schema)))
  }
  if (one['x-errors']?.length) body.append(codes('Codes:', one['x-errors']))
  return body
}

function draw(spec) {
  document.getElementById('version').textContent = spec.info.version
  document.getElementById('codes').replaceWith(codes('Besides its own codes, any operation may answer', spec['x-errors'] ?? []))
  const groups = new Map()
  for (const [path, methods] of Object.entries(spec.paths)) {
    for (const method of METHODS.filter((name) => methods[name])) {
      const one = methods[method]
      const tag = one.tags?.[0] ?? 'other'
      groups.set(tag, [...(groups.get(tag) ?? []), operation(spec, path, method, one)])
    }
  }
  const main = document.getElementById('operations')
  for (const [tag, boxes] of groups) {
    const section = main.appendChild(element('section'))
    section.append(element('h2', tag), ...boxes)
  }
  const linked = location.hash && document.getElementById(location.hash.slice(1))
  if (linked) linked.open = true
}

document.getElementById('filter').addEventListener('input', (event) => {
  const words = event.target.value.toLowerCase()
  for (const box of document.querySelectorAll('details')) {
    box.hidden = !box.firstChild.textContent.toLowerCase().includes(words)
  }
})

draw(await (await fetch('/api/openapi.json')).json())
