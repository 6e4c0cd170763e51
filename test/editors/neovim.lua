-- Opens a topology with a mistake, does with the language server what a person does, and writes what came of it as JSON.
-- nvim --headless --clean -l is newer than Debian's 0.7.2, so this runs with -c "luafile …" and what it needs comes by environment.
local server = vim.json.decode(os.getenv('GROUNDPLAN_SERVER'))
local path = os.getenv('GROUNDPLAN_FILE')
local results = {}

vim.o.swapfile = false
vim.cmd('edit ' .. vim.fn.fnameescape(path))
local buffer = vim.api.nvim_get_current_buf()

local id = vim.lsp.start_client({ cmd = server, name = 'groundplan', root_dir = vim.fn.fnamemodify(path, ':h') })
vim.lsp.buf_attach_client(buffer, id)

local function line_of(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then return number - 1, column - 1 end
  end
  error('the buffer has no ' .. text)
end

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(buffer)) do table.insert(found, each.code) end
  table.sort(found)
  return found
end

local function wait(what, ready)
  if not vim.wait(15000, ready, 20) then error('no ' .. what) end
end

local function request(method, params)
  params.textDocument = { uri = vim.uri_from_bufnr(buffer) }
  local answers, problem = vim.lsp.buf_request_sync(buffer, method, params, 15000)
  if not answers then error(method .. ': ' .. problem) end
  local answer = answers[id]
  if answer.error then error(method .. ': ' .. answer.error.message) end
  return answer.result
end

local ok, problem = pcall(function()
  wait('diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
  results.diagnostics = codes()
  local first = vim.diagnostic.get(buffer)[1]
  results.marked = vim.api.nvim_buf_get_text(buffer, first.lnum, first.col, first.end_lnum, first.end_col, {})[1]

  -- Typing the right name makes the mark go away.
  vim.api.nvim_buf_set_text(buffer, first.lnum, first.col, first.end_lnum, first.end_col, { 'app.web' })
  wait('end of diagnostics', function() return #codes() == 0 end)

  local line, column = line_of('app.web')
  results.hover = request('textDocument/hover', { position = { line = line, character = column + 5 } }).contents.value
  local labels = {}
  local items = request('textDocument/completion', { position = { line = line, character = column + 4 } })
  for _, item in ipairs(items.items or items) do table.insert(labels, item.label) end
  results.completion = labels

  vim.api.nvim_win_set_cursor(0, { line + 1, column + 5 })
  vim.lsp.buf.rename('site')
  wait('renaming', function() return pcall(line_of, 'app.site') end)
  wait('diagnostics of the renamed', function() return #codes() == 0 end)

  vim.lsp.buf.formatting_sync(nil, 15000)
  results.text = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)

  vim.lsp.stop_client(id)
  wait('end of the server', function() return vim.lsp.client_is_stopped(id) end)
end)
if not ok then results.problem = tostring(problem) end
io.stdout:write(vim.json.encode(results))
vim.cmd('qall!')
