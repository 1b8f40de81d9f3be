import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import type { Mutant } from './mutants.ts'
import type { Plan } from './plan.ts'

export type Simulate = (plan: Plan) => Promise<readonly string[]>

const repository = path.resolve(import.meta.dirname, '../../..')
/** Below node_modules, so that packages are found and nothing else looks here. */
const workshop = path.join(repository, 'node_modules/.cache/mutants')
const folders = ['src-shared', 'src-main/chat', 'src-main/participant', 'src-main/vault', 'src-main/testing']
const files = ['src-main/pause.ts', 'src-main/store/durability.ts']

/** Copies of the engine and its simulation as plain scripts, each with one bug planted. */
export class MutantWorkshop {
  readonly #sound = path.join(workshop, 'sound')

  constructor() {
    rmSync(workshop, { recursive: true, force: true })
    for (const folder of folders) this.#translateFolder(folder)
    for (const file of files) this.#translateFile(file)
    const imports = { '#shared/*': './src-shared/*' }
    writeFileSync(path.join(this.#sound, 'package.json'), JSON.stringify({ type: 'module', imports }))
  }

  async load(mutant: Mutant, number: number): Promise<Simulate> {
    const folder = path.join(workshop, `mutant-${number}`)
    cpSync(this.#sound, folder, { recursive: true })
    const file = path.join('src-main', mutant.file)
    writeFileSync(path.join(folder, scriptName(file)), translate(plant(mutant)))
    const entrance = path.join(folder, 'src-main/testing/simulation/simulate.js')
    const module = (await import(pathToFileURL(entrance).href)) as { simulate: Simulate }
    return module.simulate
  }

  close(): void {
    rmSync(workshop, { recursive: true, force: true })
  }

  #translateFolder(folder: string): void {
    for (const name of readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' })) {
      if (name.endsWith('.ts') && !name.endsWith('.test.ts')) this.#translateFile(path.join(folder, name))
    }
  }

  #translateFile(file: string): void {
    const target = path.join(this.#sound, scriptName(file))
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, translate(readFileSync(path.join(repository, file), 'utf8')))
  }
}

/** Throws when the place is gone: a mutant that changes nothing proves nothing. */
function plant({ file, find, replace }: Mutant): string {
  const source = readFileSync(path.join(repository, 'src-main', file), 'utf8')
  const places = source.split(find).length - 1
  if (places !== 1) throw new Error(`${file} has ${places} places that read: ${find}`)
  return source.replace(find, () => replace)
}

function translate(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  })
  return outputText.replace(/(from ')([^']+)\.ts'/g, "$1$2.js'")
}

function scriptName(file: string): string {
  return file.replace(/\.ts$/, '.js')
}
